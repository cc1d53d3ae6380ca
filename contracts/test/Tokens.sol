// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC20} from "solady/tokens/ERC20.sol";

/// Like USDC: standard, with EIP-2612 permit, and anyone may mint.
contract StandardToken is ERC20 {
    function name() public pure override returns (string memory) {
        return "Test Dollar";
    }

    function symbol() public pure override returns (string memory) {
        return "TUSD";
    }

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// What a rebasing token, or an issuer, can do to a holder.
    function burn(address from, uint256 amount) external {
        _burn(from, amount);
    }
}

/// Burns one part in a hundred of what is moved.
contract FeeToken is StandardToken {
    function _afterTokenTransfer(address from, address to, uint256 amount) internal override {
        if (from != address(0) && to != address(0)) _burn(to, amount / 100);
    }
}

/// Calls somebody before it moves a balance, and swallows what goes wrong there.
contract CallingToken is StandardToken {
    address private _target;
    bytes private _call;
    bool public succeeded;
    bytes4 public refusal;

    function callBack(address target, bytes calldata data) external {
        (_target, _call) = (target, data);
    }

    function _beforeTokenTransfer(address from, address to, uint256) internal override {
        address target = _target;
        if (from == address(0) || to == address(0) || target == address(0)) return;
        _target = address(0); // Once
        bytes memory why;
        (succeeded, why) = target.call(_call);
        refusal = bytes4(why);
    }
}

/// Like USDT: neither `transfer` nor `transferFrom` returns anything, and there is no permit.
contract NoReturnToken {
    mapping(address account => uint256) public balanceOf;
    mapping(address owner => mapping(address spender => uint256)) public allowance;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function approve(address spender, uint256 amount) external {
        allowance[msg.sender][spender] = amount;
    }

    function transfer(address to, uint256 amount) external {
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount;
    }

    function transferFrom(address from, address to, uint256 amount) external {
        allowance[from][msg.sender] -= amount;
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// Says no by returning false, and moves nothing.
contract FalseToken {
    function balanceOf(address) external pure returns (uint256) {
        return 1e18;
    }

    function transferFrom(address, address, uint256) external pure returns (bool) {
        return false;
    }

    function transfer(address, uint256) external pure returns (bool) {
        return false;
    }
}

/// Puts its balance into an account that does not want it: a contract being destroyed asks nobody.
contract Forcer {
    constructor(address payable to) payable {
        selfdestruct(to);
    }
}
