// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Till} from "../src/Till.sol";
import {StandardToken} from "./Tokens.sol";
import {GasBounds} from "./GasBounds.sol";
import {Permits} from "./TillToken.t.sol";

/// Where till and payer have held the token before.
contract GasTillTest is Permits, GasBounds {
    uint256 private constant PAYER_KEY = 0xDEB17;
    address private payer = vm.addr(PAYER_KEY);
    Till private till = new Till(address(this));
    StandardToken private token = new StandardToken();

    function setUp() public {
        till.listToken(address(token), true);
        token.mint(payer, 1e12);
        token.mint(address(till), 1);
    }

    /// More is approved than is paid, as wallets like to have it.
    function testATokenDeposit() public {
        vm.prank(payer);
        token.approve(address(till), 1e12);
        vm.prank(payer);
        till.depositToken(address(token), 25e6, keccak256("account"));
        _measured("till.token", 1, 50_000);
    }

    function testATokenDepositWithPermit() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit(token, PAYER_KEY, address(till), 25e6, type(uint32).max);
        vm.prank(payer);
        till.depositTokenWithPermit(address(token), 25e6, keccak256("account"), type(uint32).max, v, r, s);
        _measured("till.permit", 1, 85_000);
    }
}
