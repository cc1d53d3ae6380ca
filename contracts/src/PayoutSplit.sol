// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {LibBytes} from "solady/utils/LibBytes.sol";
import {LibClone} from "solady/utils/LibClone.sol";
import {ReentrancyGuardTransient} from "solady/utils/ReentrancyGuardTransient.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {Shares} from "./lib/Shares.sol";

/// One that is paid, and its part in basis points.
struct Receiver {
    address account;
    uint16 share;
}

/// Divides ETH and tokens that arrive here among fixed receivers. Each is paid on its own, so that one who cannot take money
/// blocks nobody. The list is the clone's immutable argument (22 bytes a receiver) and cannot change: the split has no owner.
/// The asset is a token, or zero for ETH; amounts are its base units. A token whose balances shrink by themselves is divided only
/// as long as there is enough of it; other assets are not touched by that.
contract PayoutSplit is ReentrancyGuardTransient {
    uint256 private constant ENTRY = 22;

    mapping(address asset => mapping(address receiver => uint256)) public claimed;
    mapping(address asset => uint256) public totalClaimed;

    event Paid(address indexed asset, address indexed receiver, address to, uint256 amount);

    error NothingDue();
    error NotAReceiver(address account);

    receive() external payable {}

    /// Pays a receiver at its own address; anyone may ask.
    function release(address asset, address receiver) external returns (uint256 amount) {
        return _pay(asset, receiver, receiver);
    }

    /// Pays the caller's part to another address, for receivers that cannot take the asset themselves.
    function claim(address asset, address to) external returns (uint256 amount) {
        return _pay(asset, msg.sender, to);
    }

    /// What `release` would pay now.
    function claimable(address asset, address receiver) public view returns (uint256) {
        (uint256 start, uint256 share) = _spanOf(receiver);
        uint256 due = Shares.due(totalReceived(asset), start, share);
        uint256 paid = claimed[asset][receiver];
        return due > paid ? due - paid : 0;
    }

    /// All that ever came in, however it came.
    function totalReceived(address asset) public view returns (uint256) {
        uint256 held = asset == address(0) ? address(this).balance : SafeTransferLib.balanceOf(asset, address(this));
        return held + totalClaimed[asset];
    }

    /// In ascending order of accounts.
    function receivers() external view returns (Receiver[] memory list) {
        bytes memory args = LibClone.argsOnClone(address(this));
        list = new Receiver[](args.length / ENTRY);
        for (uint256 i; i < list.length; ++i) {
            list[i] = _entry(args, i);
        }
    }

    /// Books first, then pays. The guard is for tokens that call back before they move the balance: until then the money would
    /// be counted twice, as held and as claimed.
    function _pay(address asset, address receiver, address to) private nonReentrant returns (uint256 amount) {
        amount = claimable(asset, receiver);
        if (amount == 0) revert NothingDue();
        claimed[asset][receiver] += amount;
        totalClaimed[asset] += amount;
        emit Paid(asset, receiver, to, amount);
        if (asset == address(0)) SafeTransferLib.safeTransferETH(to, amount);
        else SafeTransferLib.safeTransfer(asset, to, amount);
    }

    function _spanOf(address account) private view returns (uint256 start, uint256 share) {
        bytes memory args = LibClone.argsOnClone(address(this));
        for (uint256 i; i < args.length / ENTRY; ++i) {
            Receiver memory receiver = _entry(args, i);
            if (receiver.account == account) return (start, receiver.share);
            start += receiver.share;
        }
        revert NotAReceiver(account);
    }

    function _entry(bytes memory args, uint256 i) private pure returns (Receiver memory) {
        uint256 word = uint256(LibBytes.load(args, i * ENTRY));
        return Receiver(address(uint160(word >> 96)), uint16(word >> 80));
    }

    /// Everywhere by transient storage: the library would do so on mainnet only.
    function _useTransientReentrancyGuardOnlyOnMainnet() internal pure override returns (bool) {
        return false;
    }
}
